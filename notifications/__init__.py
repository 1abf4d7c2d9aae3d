"""Mail: what it says, how it is rendered, and how it leaves; knows neither database nor clock."""

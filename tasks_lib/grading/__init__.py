"""What an agency and its officers have done in a quarter, as products: reckoned, contested, published."""

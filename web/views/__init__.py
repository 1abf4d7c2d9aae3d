"""What the portal's pages do, one module for each group of pages."""

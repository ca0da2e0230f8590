"""Reading in processes of their own: a page that hangs or crashes a parser costs itself."""

"""Rows → what people open: networks, exports, pages."""

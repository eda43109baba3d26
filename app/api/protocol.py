"""What every address of the API shares: its version, kinds of content, and headers."""

PREFIX = "/api/v1"
API_VERSION = "1.1.0"
JSON = "application/json"
CSV = "text/csv"
DEMO_HEADER = "X-Malbild-Demo"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

"""The API of experts, commentary and forecasts."""

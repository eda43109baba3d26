"""What an indicator is: the small kernel that both `etl` and `app` import."""

"""`/handlingsplaner`: what the plans mean to do, and how it goes."""

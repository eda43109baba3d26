"""The protocol of the API: parameters, fields, answers, refusals; it knows no subject."""

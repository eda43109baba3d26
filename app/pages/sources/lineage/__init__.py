"""`/underlag/utfall`: the units, files and rows behind one outcome."""

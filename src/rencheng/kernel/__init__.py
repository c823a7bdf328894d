"""Words everyone needs: errors, time, geometry, bilingual labels."""

"""The forms of papers an item can have: tjänsteskrivelse, remissvar, skrivelse, tertialrapport, årsredovisning."""

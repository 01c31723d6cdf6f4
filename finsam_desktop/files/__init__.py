"""What people read and write in files of their own beside the association's: registers, templates, phrases, packs."""

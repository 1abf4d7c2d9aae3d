"""The portal: pages for agencies, desks and coordinators; an entrance beside flows."""

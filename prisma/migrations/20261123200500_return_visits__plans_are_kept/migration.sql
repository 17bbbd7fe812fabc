-- The list of return visits is filtered by them.
SELECT note_choices_of('return_visit_plans');

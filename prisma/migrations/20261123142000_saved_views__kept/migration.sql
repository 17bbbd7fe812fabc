-- The views above a list are kept by the process as its filters are; who may share views decides who may change them.
SELECT note_choices_of('saved_views');

-- First visits of a month, newest customers first, as with last visits: who came first long ago stands far back in the list,
-- but not among those of the same month. A list of single days is not in that order either way.
DROP INDEX customers_list_of_first_visit;
CREATE INDEX customers_list_of_first_visit ON customers
  (((extract(year FROM first_visit_on) * 12 + extract(month FROM first_visit_on))::integer), created_at, id)
  INCLUDE (first_visit_on) WHERE deleted_at IS NULL AND first_visit_on IS NOT NULL;

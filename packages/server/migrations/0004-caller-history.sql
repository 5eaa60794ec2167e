-- What is known of a caller's earlier calls is looked up while his call rings.
create index call_history_caller on call_history (site, caller_number, started_at desc)
  where caller_number is not null and caller_number <> '';

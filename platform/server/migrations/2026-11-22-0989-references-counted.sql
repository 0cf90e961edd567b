-- The first lists after this would be planned as if nothing were named: conditions over own values were asked row by row.
analyze platform.custom_references;

-- Whether a title has a word of other than plain letters that is not among the known ones: «Верба-Юг», Иванов77.
create function platform.has_odd_words(title text) returns boolean
  language sql immutable parallel safe
  return title ~ '[^\x01-\x7f]\S*[^[:alpha:]\s-]|[^[:alpha:]\s-]\S*[^\x01-\x7f]';

-- What a title is found by whose odd words are looked for: without numbers, addresses and whatever else is plain.
create function platform.other_letters(title text) returns text
  language sql immutable parallel safe
  return regexp_replace(lower(title), '[!-~]+', ' ', 'g');

import type { Preset } from './preset.ts'

/**
 * Google Contacts, "Google CSV": English headings in every language. Until 2024 "Given Name", "Organization 1 - Name", "Group Membership" and "… - Type", since
 * then "First Name", "Organization Name", "Labels" and "… - Label": whole rows of headings of both stand in public converters.
 */
export const google: Preset = {
  key: 'google',
  signs: [
    ['First Name', 'Last Name', 'E-mail 1 - Value'],
    ['First Name', 'Last Name', 'Phone 1 - Value'],
    ['First Name', 'Phonetic First Name', 'Labels'],
    ['Given Name', 'Family Name', 'E-mail 1 - Value'],
    ['Given Name', 'Family Name', 'Phone 1 - Value'],
    ['Given Name', 'Family Name', 'Group Membership'],
  ],
  headings: {
    person: {
      'Organization Name': 'company',
      'Organization Title': 'position',
      'Organization 1 - Name': 'company',
      'Organization 1 - Title': 'position',
      'Address 1 - City': 'city',
      'File As': null,
      // The language of an entry, which nearly nobody fills with one.
      Language: null,
      Name: 'name',
    },
  },
}

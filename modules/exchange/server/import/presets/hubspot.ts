import type { Preset } from './preset.ts'

/**
 * HubSpot writes labels of properties, as its Knowledge Base names them under "How do I import contacts", with capitals that changed over the years. Files of
 * several objects say "Record ID - Contact"; the company stands under "Company Name", "Associated Company", "Primary Company" or "Associated Company (Primary)", by
 * the year: as public importers of such files have it.
 */
export const hubspot: Preset = {
  key: 'hubspot',
  signs: [
    ['Record ID', 'Contact owner'],
    ['Record ID', 'Company owner'],
    ['Record ID', 'Lifecycle Stage'],
    ['Record ID', 'Create Date'],
    ['Record ID', 'First Name', 'Last Name', 'Email'],
    ['Record ID', 'Company name'],
    ['Record ID - Contact', 'First Name'],
    ['Record ID - Company', 'Company name'],
  ],
  headings: {
    person: {
      'Record ID': 'externalIds',
      'Record ID - Contact': 'externalIds',
      'Full Name': 'name',
      'Primary Company': 'company',
      'Associated Company (Primary)': 'company',
      'Additional email addresses': 'emails',
      'WhatsApp Phone Number': 'phones',
      // Its stages, its names of time zones and languages are not ours.
      'Lifecycle Stage': null,
      'Time Zone': null,
    },
    company: {
      'Record ID': null,
      'Record ID - Company': null,
      'Company Domain Name': 'site',
      'Website URL': 'site',
      'Lifecycle Stage': null,
    },
  },
}

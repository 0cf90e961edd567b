import type { Preset } from './preset.ts'

/**
 * Salesforce. A report has labels with spaces, as in its Help under "Field Mapping for Other Data Sources and Organization Import"; Data Export and Data Loader
 * write names of the API, as in its Object Reference under "Contact", "Account" and "Lead".
 */
export const salesforce: Preset = {
  key: 'salesforce',
  signs: [
    ['Salutation', 'First Name', 'Last Name', 'Account Name'],
    ['First Name', 'Last Name', 'Account Name', 'Mailing City'],
    ['Contact ID', 'First Name', 'Last Name', 'Mailing Street'],
    ['Contact ID', 'Account Name'],
    ['Id', 'AccountId', 'LastName', 'FirstName'],
    ['Account Name', 'Account Owner', 'Billing City'],
    ['Id', 'IsDeleted', 'MasterRecordId', 'Name'],
    ['Id', 'FirstName', 'LastName', 'OwnerId'],
  ],
  headings: {
    person: {
      Id: 'externalIds',
      'Contact ID': 'externalIds',
      'Lead ID': 'externalIds',
      Title: 'position',
      'Contact Description': 'note',
      Salutation: null,
      OwnerId: null,
    },
    company: { Id: null, Website: 'site', Type: null, OwnerId: null },
  },
}

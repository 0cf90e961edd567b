export type SnoozeName = 'hour' | 'evening' | 'tomorrow' | 'monday'

const at = (day: Date, daysLater: number, hour: number) => {
  const moment = new Date(day)
  moment.setDate(moment.getDate() + daysLater)
  moment.setHours(hour, 0, 0, 0)
  return moment
}

const EVENING = 17
const MORNING = 9
const MONDAY = 1

/** Moments worth one click, by the clock of this computer: in an hour, this evening (while it lies ahead), tomorrow morning, Monday. */
export function snoozeChoices(now: Date): { name: SnoozeName; at: Date }[] {
  const toMonday = (MONDAY - now.getDay() + 7) % 7 || 7
  const choices: { name: SnoozeName; at: Date }[] = [
    { name: 'hour', at: new Date(now.getTime() + 3_600_000) },
    { name: 'evening', at: at(now, 0, EVENING) },
    { name: 'tomorrow', at: at(now, 1, MORNING) },
    { name: 'monday', at: at(now, toMonday, MORNING) },
  ]
  return choices.filter((choice) => choice.at > now && (choice.name !== 'monday' || toMonday > 1))
}

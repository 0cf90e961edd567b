const PREFIX = /^(?:\s*(?:re|fwd?|aw|отв|ответ|пересл|пер|на)(?:\[\d+\])?\s*[::])+\s*/iu

/** What a subject is about, without "Re:", "Fwd:", "Отв:". */
const matterOf = (subject: string): string => subject.replace(PREFIX, '').trim().toLocaleLowerCase()

/** True when a subject says something that the head of the conversation does not. */
export const isNewSubject = (subject: string | null, ofConversation: string): boolean =>
  subject !== null && matterOf(subject) !== '' && matterOf(subject) !== matterOf(ofConversation)

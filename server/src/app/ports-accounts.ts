import type { Person, PersonSession } from '../domain/person.ts';

export type NewPerson = { email: string; name: string; password: string };

/** Keeps accounts, passwords and sessions. */
export type Accounts = {
  /** Brings up what the other calls need, so that nobody waits for it later. */
  ready(): Promise<void>;
  /** Answers a call under /api/auth/ that came from this address. */
  handle(request: Request, address: string): Promise<Response>;
  /** Whose session the request's cookies name; null for nobody's. */
  personOf(headers: Headers): Promise<Person | null>;
  /** Where that person is signed in. */
  sessionsOf(headers: Headers): Promise<PersonSession[]>;
  /** Signs that person out of one of them; false when it is none of theirs. */
  endSession(headers: Headers, sessionId: string): Promise<boolean>;
  /**
   * Makes an account with an address that is known to be its owner's, without a mail to confirm it. Refused where the address has
   * an account already, and where the password is easy to guess.
   */
  createPerson(person: NewPerson): Promise<{ id: string } | { refused: 'exists' | 'guessable' }>;
};

/** Whether a cookie of this name may hold a session. Over https its name begins with `__Host-`. */
export function isSessionCookie(name: string): boolean {
  return name.endsWith('paydesk.session_token');
}

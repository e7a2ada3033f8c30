/** Somebody with an account, as their session tells. Moments in epoch milliseconds. */
export type Person = {
  id: string;
  email: string;
  emailVerified: boolean;
  name: string;
  role: string;
  hasTwoFactor: boolean;
  signedInAt: number;
};

/** Something that the owner of an address has to be told about an account. The link works once, and for a while. */
export type AccountNotice = { to: string; name: string; link: string } & (
  | { about: 'verify' | 'reset' }
  | { about: 'change_email'; newEmail: string }
  | { about: 'invite'; role: string; by: string }
);

/** One place where somebody is signed in. Nothing in it lets anybody in. */
export type PersonSession = { id: string; userAgent: string | null; createdAt: number; isCurrent: boolean };

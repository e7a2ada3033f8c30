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

/**
 * Something that the owner of an address has to be told about an account: the link works once, and for a while. Or an operator about a
 * refund that takes two people: the link leads to its order and lets nobody in. Amounts as people read them.
 */
export type AccountNotice = { to: string; name: string; link: string } & (
  | { about: 'verify' | 'reset' }
  | { about: 'change_email'; newEmail: string }
  | { about: 'invite'; role: string; by: string }
  | ({ about: 'approval_asked' } & AboutApproval)
  | ({ about: 'approval_decided'; agreed: boolean } & AboutApproval)
);

/** `by` asks with a reason, or decides, perhaps with one. */
type AboutApproval = { amount: string; orderNumber: string; by: string; reason: string | null };

/** One place where somebody is signed in. Nothing in it lets anybody in. */
export type PersonSession = { id: string; userAgent: string | null; createdAt: number; isCurrent: boolean };

/** What each role may do, in a sentence. */
export const roles = [
  { code: 'viewer', name: 'Viewer: sees everything, changes nothing' },
  { code: 'manager', name: 'Manager: runs orders and stock, refunds up to a limit' },
  { code: 'owner', name: 'Owner: may do everything, also settings and operators' },
] as const;

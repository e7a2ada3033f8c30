/** A page of this shop to go on to, or the account where none is named or another site is. */
export function ownPage(wish: string | null): string {
  return wish !== null && /^\/(?![/\\])[^\\\s]*$/.test(wish) ? wish : '/account';
}

/** The sandbox's own pages use keys like anybody else; it knows one account, so any test key opens it. */
export const pageSecretKey = 'sk_test_sandbox_pages';
export const pagePublishableKey = 'pk_test_sandbox_pages';

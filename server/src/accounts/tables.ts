/** Which of our tables and columns the library keeps what in. */

const moments = { createdAt: 'created_at', updatedAt: 'updated_at' };

export const userTable = {
  modelName: 'people',
  fields: { ...moments, emailVerified: 'email_verified' },
} as const;

export const sessionTable = {
  modelName: 'sessions',
  fields: {
    ...moments,
    userId: 'person_id',
    expiresAt: 'expires_at',
    ipAddress: 'ip_address',
    userAgent: 'user_agent',
  },
} as const;

export const accountTable = {
  modelName: 'credentials',
  fields: {
    ...moments,
    userId: 'person_id',
    accountId: 'account_id',
    providerId: 'provider_id',
    accessToken: 'access_token',
    refreshToken: 'refresh_token',
    idToken: 'id_token',
    accessTokenExpiresAt: 'access_token_expires_at',
    refreshTokenExpiresAt: 'refresh_token_expires_at',
  },
} as const;

export const verificationTable = {
  modelName: 'verifications',
  fields: { ...moments, expiresAt: 'expires_at' },
} as const;

export const rateLimitTable = {
  modelName: 'rate_limits',
  fields: { lastRequest: 'last_request' },
} as const;

export const twoFactorSchema = {
  user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
  twoFactor: {
    modelName: 'two_factors',
    fields: {
      userId: 'person_id',
      backupCodes: 'backup_codes',
      failedVerificationCount: 'failed_verification_count',
      lockedUntil: 'locked_until',
    },
  },
} as const;

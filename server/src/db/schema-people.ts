/** Accounts. Those of the library's tables that only it reads are not here. */
export type PeopleTables = {
  people: {
    id: string;
    name: string;
    email: string;
    email_verified: number;
    image: string | null;
    role: string;
    two_factor_enabled: number | null;
    created_at: string;
    updated_at: string;
  };
  addresses: {
    id: string;
    person_id: string;
    recipient_json: string;
    address_json: string;
    is_standard: number;
    created_at: number;
  };
  notices: {
    id: string;
    recipient: string;
    subject: string;
    html: string;
    text: string;
    expires_at: number;
  };
  sign_in_failures: {
    key: string;
    failures: number;
    blocked_until: number;
    failed_at: number;
  };
  used_codes: {
    person_id: string;
    code: string;
    used_at: number;
  };
};

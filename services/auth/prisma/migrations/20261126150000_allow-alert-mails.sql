-- Mails about security alerts are counted as well, by the alerts' severity: whoever raises alerts on purpose must not flood mailboxes.
ALTER TABLE mail_allowances DROP CONSTRAINT mail_allowances_pool_check;
ALTER TABLE mail_allowances ADD CONSTRAINT mail_allowances_pool_check CHECK (pool IN ('address', 'account', 'alert'));

-- Mails to addresses that nobody has verified yet are counted on their own: accounts can be made and erased in a loop, and whoever does so,
-- or tries to register an address that is taken, must not use up what the owner of the address may ask for.
ALTER TABLE mail_allowances DROP CONSTRAINT mail_allowances_pool_check;
ALTER TABLE mail_allowances ADD CONSTRAINT mail_allowances_pool_check
  CHECK (pool IN ('address', 'account', 'alert', 'new-account'));

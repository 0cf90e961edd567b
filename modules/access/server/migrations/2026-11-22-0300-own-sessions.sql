-- Operators see where they are signed in. Still never a token.
grant select (id, "ipAddress", "userAgent", "createdAt", "updatedAt", "expiresAt") on access.sessions to okno_app;

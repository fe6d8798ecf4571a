<?php
// Settings of includes/hooks/partner_bot.php. Put this file into includes/ of WHMCS.
// It prints nothing when somebody asks for it, and your backups of WHMCS keep it.

return [
    // Where the bot answers, as in web.public_url of its config.toml.
    'url' => 'https://partners.example.com',
    // billing.secret of its config.toml.
    'secret' => 'whsec_...',
    // Currency of your partner program. Payments in other currencies are sent with a rate from
    // WHMCS's own table (Configuration > System Settings > Currencies).
    'program_currency' => 'USD',
    // For programs with rates by category: return the category of an invoice, or null.
    // 'category' => function (int $invoiceId): ?string { return 'shared_hosting'; },
];

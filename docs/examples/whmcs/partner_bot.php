<?php
/**
 * Tells Partner Bot who registered and who paid, from inside WHMCS.
 *
 * Put this file into includes/hooks/ and partner_bot.config.php into includes/. See README.md.
 *
 * An event is first written into a table, in the same request as the fact, and then sent: at once
 * when the page is done, and again by the cron of WHMCS until the bot has answered. Sending twice
 * does no harm: the bot knows an event by its id.
 */

use WHMCS\Database\Capsule;

if (!defined('WHMCS')) {
    die('This file cannot be accessed directly');
}

const PARTNER_BOT_TABLE = 'mod_partner_bot_queue';
const PARTNER_BOT_COOKIE = 'partner_click';
const PARTNER_BOT_COOKIE_DAYS = 365;
const PARTNER_BOT_SECONDS = 5;
const PARTNER_BOT_AT_ONCE = 100;
const PARTNER_BOT_DAYS_MAX = 7;

function partner_bot_config(): array
{
    static $config = null;
    return $config ??= require dirname(__DIR__) . '/partner_bot.config.php';
}

// The signature of Standard Webhooks. A vector to try it with:
//   secret    whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
//   id        msg_p5jXN8AQM9LWM0D4loKWxJek
//   timestamp 1614265330
//   body      {"test": 2432232314}
//   signature v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=
function partner_bot_signature(string $secret, string $id, string $timestamp, string $body): string
{
    $key = base64_decode(substr($secret, strlen('whsec_')), true);
    return 'v1,' . base64_encode(hash_hmac('sha256', "{$id}.{$timestamp}.{$body}", $key, true));
}

function partner_bot_instant($at = null): string
{
    try {
        $instant = $at instanceof DateTimeInterface ? $at : new DateTimeImmutable((string) $at);
    } catch (Exception $unreadable) {
        $instant = new DateTimeImmutable();
    }
    $seconds = min($instant->getTimestamp(), time());
    return gmdate('Y-m-d\TH:i:s\Z', $seconds);
}

function partner_bot_amount($amount): string
{
    // Without needless zeros: a currency without decimals takes none.
    return rtrim(rtrim(number_format((float) $amount, 2, '.', ''), '0'), '.');
}

function partner_bot_enqueue(string $id, string $type, array $data): void
{
    if (!Capsule::schema()->hasTable(PARTNER_BOT_TABLE)) {
        Capsule::schema()->create(PARTNER_BOT_TABLE, function ($table) {
            $table->increments('id');
            $table->string('event_id', 128)->unique();
            $table->text('body');
            $table->integer('attempts')->default(0);
            $table->integer('due_at');
            $table->integer('created_at');
        });
    }
    $data = array_filter($data, fn ($value) => $value !== null && $value !== '');
    $event = ['type' => $type, 'timestamp' => partner_bot_instant(), 'data' => $data];
    $body = json_encode($event, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
    Capsule::table(PARTNER_BOT_TABLE)->insertOrIgnore([
        'event_id' => $id,
        'body' => $body,
        'due_at' => time(),
        'created_at' => time(),
    ]);
    static $is_planned = false;
    if (!$is_planned) {
        $is_planned = true;
        register_shutdown_function('partner_bot_flush');
    }
}

/** Sends what is due, oldest first; stops at the first outage, so that nobody waits for it. */
function partner_bot_flush(): void
{
    if (!Capsule::schema()->hasTable(PARTNER_BOT_TABLE)) {
        return;
    }
    $rows = Capsule::table(PARTNER_BOT_TABLE)
        ->where('due_at', '<=', time())
        ->orderBy('id')
        ->limit(PARTNER_BOT_AT_ONCE)
        ->get();
    foreach ($rows as $row) {
        [$status, $answer, $retry_after] = partner_bot_post($row->event_id, $row->body);
        $table = Capsule::table(PARTNER_BOT_TABLE)->where('id', $row->id);
        if ($status === 200) {
            $table->delete();
            if (($answer['status'] ?? '') === 'rejected') {
                partner_bot_log($row->event_id, $answer['error']['message'] ?? 'rejected');
            }
            continue;
        }
        // 409: this id was used for other data. 422: a field is wrong. 413: too long. Sending the
        // same again cannot help; staff of the bot see the first, the log of WHMCS has all.
        $is_final = in_array($status, [409, 413, 422], true);
        $is_old = $row->created_at < time() - PARTNER_BOT_DAYS_MAX * 86400;
        if ($is_final || $is_old) {
            $table->delete();
            partner_bot_log($row->event_id, "given up, HTTP {$status}: " . json_encode($answer));
            continue;
        }
        $pause = max((int) $retry_after, min(3600, 15 * 2 ** min($row->attempts, 8)));
        $table->update(['attempts' => $row->attempts + 1, 'due_at' => time() + $pause]);
        if ($status === 401 && $row->attempts === 0) {
            partner_bot_log($row->event_id, 'the secret or the clock is wrong (HTTP 401)');
        }
        return;
    }
}

/** Posts one event, signed now; returns HTTP status (0 without an answer), JSON, Retry-After. */
function partner_bot_post(string $id, string $body): array
{
    $config = partner_bot_config();
    $timestamp = (string) time();
    $retry_after = 0;
    $call = curl_init(rtrim($config['url'], '/') . '/api/v1/events');
    curl_setopt_array($call, [
        CURLOPT_POST => true,
        CURLOPT_POSTFIELDS => $body,
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_CONNECTTIMEOUT => PARTNER_BOT_SECONDS,
        CURLOPT_TIMEOUT => PARTNER_BOT_SECONDS,
        CURLOPT_HTTPHEADER => [
            'content-type: application/json',
            "webhook-id: {$id}",
            "webhook-timestamp: {$timestamp}",
            'webhook-signature: ' . partner_bot_signature($config['secret'], $id, $timestamp, $body),
        ],
        CURLOPT_HEADERFUNCTION => function ($call, $line) use (&$retry_after) {
            if (stripos($line, 'retry-after:') === 0) {
                $retry_after = (int) trim(substr($line, strlen('retry-after:')));
            }
            return strlen($line);
        },
    ]);
    $answer = curl_exec($call);
    $status = (int) curl_getinfo($call, CURLINFO_RESPONSE_CODE);
    curl_close($call);
    return [$status, json_decode((string) $answer, true) ?: [], $retry_after];
}

function partner_bot_log(string $event_id, string $words): void
{
    logActivity("Partner Bot: event {$event_id}: {$words}");
}

/** Returns the rate from the client's currency into the program's, null where they are one. */
function partner_bot_exchange_rate(object $currency): ?string
{
    $target = Capsule::table('tblcurrencies')
        ->where('code', partner_bot_config()['program_currency'])
        ->first();
    if ($target === null || $target->code === $currency->code || (float) $currency->rate <= 0) {
        return null;
    }
    return rtrim(number_format((float) $target->rate / (float) $currency->rate, 12, '.', ''), '0');
}

// The bot's link leads to your page with ?ref=CODE&click_id=TOKEN: the token is kept until the
// visitor registers. A newer token knows all earlier clicks, so it takes the place of the older.
add_hook('ClientAreaPage', 1, function ($vars) {
    $token = $_GET['click_id'] ?? '';
    if (is_string($token) && $token !== '' && strlen($token) <= 4096 && !headers_sent()) {
        setcookie(PARTNER_BOT_COOKIE, $token, [
            'expires' => time() + PARTNER_BOT_COOKIE_DAYS * 86400,
            'path' => '/',
            'secure' => true,
            'httponly' => true,
            'samesite' => 'Lax',
        ]);
    }
});

add_hook('ClientAdd', 1, function ($vars) {
    // Older versions of WHMCS name the client's id userid.
    $client_id = (string) ($vars['client_id'] ?? $vars['userid']);
    $name = trim($vars['companyname'] ?? '') ?: trim("{$vars['firstname']} {$vars['lastname']}");
    // Whoever adds a client in the admin area has a browser, and a cookie, of its own.
    $token = defined('ADMINAREA') ? null : ($_COOKIE[PARTNER_BOT_COOKIE] ?? null);
    partner_bot_enqueue("whmcs-client-{$client_id}", 'client.registered', [
        'client_id' => $client_id,
        'name' => mb_substr($name ?: $vars['email'], 0, 200),
        'registered_at' => partner_bot_instant(),
        'email' => $vars['email'] ?? null,
        'phone' => $vars['phonenumber'] ?? null,
        'tax_id' => $vars['tax_id'] ?? null,
        'click_id' => $token,
    ]);
});

// One hook for both directions: WHMCS writes a transaction for every payment and every refund.
add_hook('AddTransaction', 1, function ($vars) {
    $client_id = (int) ($vars['userid'] ?? 0);
    if ($client_id <= 0) {
        return;
    }
    if ((float) ($vars['amountin'] ?? 0) > 0) {
        $invoice_id = (int) ($vars['invoiceid'] ?? $vars['invocieid'] ?? 0);
        $currency = Capsule::table('tblcurrencies')
            ->join('tblclients', 'tblclients.currency', '=', 'tblcurrencies.id')
            ->where('tblclients.id', $client_id)
            ->first(['tblcurrencies.code', 'tblcurrencies.rate']);
        if ($currency === null) {
            partner_bot_log("whmcs-transaction-{$vars['id']}", 'not sent: the client is not there');
            return;
        }
        $category = partner_bot_config()['category'] ?? null;
        partner_bot_enqueue("whmcs-transaction-{$vars['id']}", 'payment.succeeded', [
            'payment_id' => "whmcs-{$vars['id']}",
            'client_id' => (string) $client_id,
            'amount' => partner_bot_amount($vars['amountin']),
            'currency' => $currency->code,
            'paid_at' => partner_bot_instant($vars['date'] ?? null),
            'exchange_rate' => partner_bot_exchange_rate($currency),
            'invoice_id' => $invoice_id > 0 ? (string) $invoice_id : null,
            'category' => $category && $invoice_id > 0 ? $category($invoice_id) : null,
        ]);
        return;
    }
    if ((float) ($vars['amountout'] ?? 0) > 0 && (int) ($vars['refundid'] ?? 0) > 0) {
        partner_bot_enqueue("whmcs-transaction-{$vars['id']}", 'payment.refunded', [
            'refund_id' => "whmcs-{$vars['id']}",
            'payment_id' => "whmcs-{$vars['refundid']}",
            'amount' => partner_bot_amount($vars['amountout']),
            'refunded_at' => partner_bot_instant($vars['date'] ?? null),
        ]);
    }
});

add_hook('PreDeleteClient', 1, function ($vars) {
    $client_id = (string) $vars['userid'];
    partner_bot_enqueue("whmcs-client-deleted-{$client_id}", 'client.deleted', [
        'client_id' => $client_id,
        'deleted_at' => partner_bot_instant(),
    ]);
});

add_hook('AfterCronJob', 1, function ($vars) {
    partner_bot_flush();
});

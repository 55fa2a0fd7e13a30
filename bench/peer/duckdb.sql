-- The job of JOB.md in DuckDB, rows in input order. Runs through duckdb.py, or in the command line:
--
--     duckdb -cmd "SET VARIABLE input = 'leads.csv'; SET VARIABLE output = 'scored.csv'" -f duckdb.sql
--
-- Three statements do the work: read and normalise into a table (the only thing kept in memory),
-- find the rows to keep, score and write those. Measured and left out, see RESULTS.md: trim() with
-- a set of characters on every value, joining the kept rows back, sorting whole rows.

SET threads = 2;

-- Blanks of any ASCII kind off both ends. trim() with a set costs 300 ns a value, so it only
-- sees the few values that begin or end with something no greater than a blank.
CREATE MACRO clean(x) AS
    CASE WHEN x[1] <= ' ' OR x[-1] <= ' ' THEN nullif(trim(x, E' \t\n\x0B\f\r'), '') ELSE x END;

CREATE MACRO calling_code(country) AS
    CASE country
        WHEN 'US' THEN '1'   WHEN 'CA' THEN '1'  WHEN 'GB' THEN '44' WHEN 'DE' THEN '49'
        WHEN 'FR' THEN '33'  WHEN 'NL' THEN '31' WHEN 'FI' THEN '358' WHEN 'SE' THEN '46'
        WHEN 'NO' THEN '47'  WHEN 'DK' THEN '45' WHEN 'ES' THEN '34' WHEN 'AU' THEN '61'
    END;

-- Without the extension, "(0)" and everything that is no digit.
CREATE MACRO phone_digits(phone) AS regexp_replace(phone, '(?s)[xX].*|\(0\)|[^0-9]', '', 'g');

CREATE MACRO international(phone, digits, code) AS
    CASE
        WHEN phone[1] = '+' THEN digits
        WHEN starts_with(digits, '00') THEN digits[3:]
        WHEN code = '1' AND length(digits) = 11 AND digits[1] = '1' THEN digits
        WHEN digits[1] = '0' THEN code || digits[2:]
        ELSE code || digits
    END;

CREATE MACRO e164(number) AS
    CASE WHEN regexp_full_match(number, '[1-9][0-9]{7,14}') THEN '+' || number END;

CREATE MACRO is_email(email) AS
    regexp_full_match(email,
        '[a-z0-9.!#$%&''*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
        || '(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+');

CREATE MACRO email_key(email) AS
    CASE WHEN regexp_matches(email, '@(?:gmail|googlemail)\.com$')
         THEN replace(regexp_extract(email, '^[^+@]*'), '.', '') || '@gmail.com'
         ELSE regexp_replace(email, '\+[^@]*', '')
    END;

CREATE MACRO company_key(company) AS
    regexp_replace(
        trim(regexp_replace(lower(company), '[^a-z0-9]+', ' ', 'g')),
        ' (?:inc|llc|corp|co|group|ltd|pty ltd|plc|gmbh|gmbh co kg|ag|kg|sa|s a|sarl|sas|bv|b v|nv'
        || '|oy|oyj|ab|aktiebolag|as|asa|a s|aps|sl)$',
        '');

CREATE MACRO snake_case(x) AS regexp_replace(lower(x), '[^a-z0-9]+', '_', 'g');

-- 1. Normalise. Empty fields are NULL. A table keeps the order of the file and numbers its rows.
CREATE TEMP TABLE leads AS
WITH cleaned AS (
    SELECT
        clean(lead_id) AS lead_id,
        clean(created_at) AS created_at,
        clean(source) AS source,
        clean(first_name) AS first_name,
        clean(last_name) AS last_name,
        lower(clean(email)) AS email,
        clean(phone) AS phone,
        clean(company) AS company,
        clean(job_title) AS job_title,
        upper(clean(country)) AS country,
        clean(city) AS city,
        clean(postal_code) AS postal_code,
        lower(clean(website)) AS website,
        clean(notes) AS notes
    FROM read_csv(
        getvariable('input'), auto_detect = false, header = true,
        delim = ',', quote = '"', escape = '"', new_line = '\n',
        columns = {
            'lead_id': 'VARCHAR', 'created_at': 'VARCHAR', 'source': 'VARCHAR',
            'first_name': 'VARCHAR', 'last_name': 'VARCHAR', 'email': 'VARCHAR',
            'phone': 'VARCHAR', 'company': 'VARCHAR', 'job_title': 'VARCHAR',
            'country': 'VARCHAR', 'city': 'VARCHAR', 'postal_code': 'VARCHAR',
            'website': 'VARCHAR', 'notes': 'VARCHAR'
        })
)
SELECT
    * REPLACE (
        e164(international(phone, phone_digits(phone), calling_code(country))) AS phone),
    coalesce(is_email(email), false) AS email_valid,
    CASE WHEN email_valid THEN email_key(email) END AS email_key
FROM cleaned;

-- 2. Keep a row that is the first with its address (if any) and the first with its phone (if any).
-- One bit a row: a filter on it keeps the order of the table, which a join does not promise.
SET VARIABLE last_row = (SELECT max(rowid) FROM leads);
SET VARIABLE kept = (
    SELECT bitstring_agg(rowid, 0, getvariable('last_row'))
    FROM leads
    WHERE (email_key IS NULL OR rowid IN (SELECT min(rowid) FROM leads GROUP BY email_key))
      AND (phone IS NULL OR rowid IN (SELECT min(rowid) FROM leads GROUP BY phone))
);

-- 3. Score what is kept, and write it.
COPY (
    WITH kept AS (
        SELECT
            lead_id, created_at, snake_case(source) AS source, first_name, last_name, email, phone,
            company, job_title, country, city, postal_code, website, notes,
            company_key(company) AS company_key,
            email_valid::INTEGER AS email_valid
        FROM leads
        WHERE get_bit(getvariable('kept'), rowid::INTEGER) = 1
    ),
    scored AS (
        SELECT
            *,
            -- 1: +10 the address is valid
            CASE WHEN email_valid = 1 THEN 10 ELSE 0 END
            -- 2: +15 a valid address that is not free mail
            + CASE WHEN email_valid = 1 AND NOT regexp_matches(email,
                  '@(?:gmail|googlemail|yahoo|hotmail|outlook|icloud|aol|gmx|web|live|protonmail)\.[a-z.]+$')
              THEN 15 ELSE 0 END
            -- 3: -30 a valid address of a throw-away domain
            + CASE WHEN email_valid = 1 AND regexp_matches(email,
                  '@(?:mailinator|guerrillamail|10minutemail|tempmail|yopmail)\.')
              THEN -30 ELSE 0 END
            -- 4: +30 decision maker
            + CASE WHEN regexp_matches(job_title,
                  '\b(?:ceo|cto|cfo|coo|cmo|cio|chief|founder|owner|president)\b', 'i')
              THEN 30 ELSE 0 END
            -- 5: +20 director or VP
            + CASE WHEN regexp_matches(job_title, '\b(?:vp|vice president|head of|director)\b', 'i')
              THEN 20 ELSE 0 END
            -- 6: +10 manager
            + CASE WHEN regexp_matches(job_title, '\b(?:manager|lead|principal)\b', 'i')
              THEN 10 ELSE 0 END
            -- 7: -15 not a buyer
            + CASE WHEN regexp_matches(job_title, '\b(?:intern|student|assistant|trainee)\b', 'i')
              THEN -15 ELSE 0 END
            -- 8: +10 an industry we sell to
            + CASE WHEN regexp_matches(company,
                  '\b(?:bank|capital|insurance|financial|health|pharma|logistics|software|cloud|data)\b', 'i')
              THEN 10 ELSE 0 END
            -- 9: +15 a source that brings buyers
            + CASE WHEN regexp_matches(source, '^(?:referral|webinar|partner|chat)')
              THEN 15 ELSE 0 END
            -- 10: -10 a source that brings few
            + CASE WHEN regexp_matches(source, '^(?:purchased_list|direct_mail)')
              THEN -10 ELSE 0 END
            -- 11: +10 words of somebody who buys
            + CASE WHEN regexp_matches(notes, '\b(?:budget|pricing|urgent|asap|demo)\b', 'i')
              THEN 10 ELSE 0 END
            -- 12: +5 there is a phone
            + CASE WHEN phone IS NOT NULL THEN 5 ELSE 0 END
            -- 13: +5 a country we sell in (IN with a list this long becomes a join and loses the order)
            + CASE country WHEN 'US' THEN 5 WHEN 'GB' THEN 5 WHEN 'DE' THEN 5 WHEN 'CA' THEN 5
                           WHEN 'AU' THEN 5 ELSE 0 END
            AS score
        FROM kept
    )
    SELECT *, CASE WHEN score >= 60 THEN 'hot' WHEN score >= 30 THEN 'warm' ELSE 'cold' END AS tier
    FROM scored
) TO (getvariable('output')) (FORMAT csv, HEADER, PRESERVE_ORDER);

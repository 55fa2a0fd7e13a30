// What Debian's libphonenumber says of telephone numbers: the oracle of testdata/phones/differential.
// Reads rows COUNTRY TAB TEXT ("--" is no country); writes error or E.164, kind, region, level and
// extension of each. With "time", writes nanoseconds a number instead.
#include <chrono>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include <phonenumbers/phonenumberutil.h>

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

static const char *const faults[] = {"", "no_country", "not_a_number", "too_short", "too_short", "too_long"};
static const char *const kinds[] = {"fixed",   "mobile",      "fixed_or_mobile", "toll_free",
                                    "premium", "shared_cost", "voip",            "personal",
                                    "pager",   "uan",         "voicemail",       ""};

static std::string answer(const PhoneNumberUtil &util, const std::string &country, const std::string &text)
{
    PhoneNumber number;
    PhoneNumberUtil::ErrorType fault = util.Parse(text, country == "--" ? "ZZ" : country, &number);
    if (fault != PhoneNumberUtil::NO_PARSING_ERROR) {
        return std::string("!") + faults[fault] + "\t\t\t\t";
    }
    std::string e164, region;
    // The format adds the extension in no form but E.164.
    util.Format(number, PhoneNumberUtil::E164, &e164);
    bool valid = util.IsValidNumber(number);
    if (valid) util.GetRegionCodeForNumber(number, &region);
    if (region == "001" || region == "ZZ") region.clear();
    const char *level = valid ? "valid"
                        : util.IsPossibleNumberWithReason(number) == PhoneNumberUtil::IS_POSSIBLE
                            ? "possible"
                            : "invalid";
    return e164 + "\t" + (valid ? kinds[util.GetNumberType(number)] : "") + "\t" + region + "\t" + level +
           "\t" + number.extension();
}

int main(int argc, char **)
{
    std::ios::sync_with_stdio(false);
    const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
    std::vector<std::pair<std::string, std::string>> rows;
    for (std::string line; std::getline(std::cin, line);) {
        size_t tab = line.find('\t');
        rows.emplace_back(line.substr(0, tab), line.substr(tab + 1));
    }
    auto begin = std::chrono::steady_clock::now();
    size_t bytes = 0;
    for (const auto &row : rows) {
        std::string said = answer(util, row.first, row.second);
        bytes += said.size();
        if (argc < 2) std::cout << said << '\n';
    }
    if (argc > 1) {
        std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - begin;
        std::cout << took.count() / static_cast<double>(rows.size()) << " ns a number (" << bytes << ")\n";
    }
    return std::cout.flush() ? 0 : 2;
}

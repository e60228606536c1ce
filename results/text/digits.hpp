#pragma once

#include <cstddef>
#include <string>

/// Numbers as people write them: thousands apart, no powers of ten where nobody needs them, no minus before a zero.
namespace entrepot::results {

/// A number with so many decimals: "1,390", "0.00".
std::string fixed_text(double value, int decimals);

/// A number with so many significant digits, and no zeros that say nothing: "1,390", "12.5", "0.001". All digits before
/// the point are said.
std::string number_text(double value, int significant = 3);

/// Decimals that show so many significant digits of a number; none when it has them before the point.
int decimals_for(double value, int significant);

/// "1,390 %", "12.5 %", "1 %".
std::string percent_text(double share, int significant = 3);

/// An estimated count to two digits: "350", "1,400", "2.1 M".
std::string about_text(double count);

/// "310 MB", "4.2 GB": of 2^20 and 2^30 bytes.
std::string size_text(double bytes);

/// "12 s", "3 min 05 s", "2 h 10 min", "3 d 4 h".
std::string duration_text(double seconds);

/// A text as a field of a CSV line, in quotes where it needs them (RFC 4180), and after an apostrophe where a
/// spreadsheet would take it for a formula.
std::string csv_field(const std::string& text);

/// "1 replication", "20 replications", "1,000 replications".
std::string counted(std::size_t count, const std::string& noun);

/// A magnitude; powers of ten only where nobody would write the digits.
std::string magnitude_text(double magnitude, int decimals);

/// The minus, or the plus where one is wanted; none before what is written as zero, or isn't a number.
std::string sign_of(double value, const std::string& digits, bool plus = false);

inline constexpr double kNextPower = 0.9995;  ///< what is written with three digits as the next power of ten

}  // namespace entrepot::results

#pragma once

#include <string>
#include <vector>

#include "studies/verify.hpp"

/// What `verify` found, for terminals, pages and other programs. No clock, no host: the same scenarios, seeds and
/// program give the same text.
namespace entrepot::studies {

/// "agrees", "MISSES", "IMPRECISE", "NOT AVAILABLE"
std::string_view agreement_text(Agreement agreement);

/// The terminal's table: what is done, then a line for each expectation, or a few where the lines would be too long,
/// then how it went and what to do about the rest.
class VerifyColumns {
public:
    /// For these cases, "scenario.name", on so many columns of the table and of the words around it; 0 = no limit.
    VerifyColumns(const std::vector<std::string>& names, std::size_t width, std::size_t words);

    std::string header(const VerifyOptions& options) const;
    std::string line(const Verified& verified, bool colour) const;
    std::string footer(const std::vector<Verified>& all, const VerifyOptions& options) const;

private:
    std::string line(const std::string& name, const std::string& expected, const std::string& tolerance,
                     const std::string& simulated, const std::string& interval, const std::string& runs,
                     const std::string& verdict) const;

    std::size_t width_, words_, name_ = 4;
    bool lines_ = true;
};

std::string verify_markdown(const std::vector<Verified>& all, const VerifyOptions& options);
std::string verify_csv(const std::vector<Verified>& all);
std::string verify_json(const std::vector<Verified>& all, const VerifyOptions& options);

}  // namespace entrepot::studies

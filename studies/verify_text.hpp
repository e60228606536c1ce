#pragma once

#include <string>
#include <vector>

#include "studies/verify.hpp"

/// What `verify` found, for terminals, pages and other programs. No clock, no host: the same scenarios, seeds and
/// program give the same text.
namespace entrepot::studies {

/// "agrees", "MISSES", "IMPRECISE", "NOT AVAILABLE"
std::string_view agreement_text(Agreement agreement);

/// The terminal's table: what is done, then a line for each expectation, then how it went and what to do about the
/// rest.
std::string verify_header(const VerifyOptions& options);
std::string verify_line(const Verified& verified, bool colour);
std::string verify_footer(const std::vector<Verified>& all, const VerifyOptions& options);

std::string verify_markdown(const std::vector<Verified>& all, const VerifyOptions& options);
std::string verify_csv(const std::vector<Verified>& all);
std::string verify_json(const std::vector<Verified>& all, const VerifyOptions& options);

}  // namespace entrepot::studies

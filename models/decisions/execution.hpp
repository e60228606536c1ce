#pragma once

#include "models/model.hpp"

/// What follows once a case is decided.
namespace entrepot::models {

/// A person has dealt with a case: it goes on to its approval, or to what it asks for.
void settle(Headquarters& hq, std::uint32_t place, Context& context);

/// The transaction that a case of a purchase line or a proposed transfer is about.
void carry_out(Headquarters& hq, std::uint32_t place, Context& context);

/// A purchase line or a proposed transfer is for so many units after all; with none, it is withdrawn.
void resize(Headquarters& hq, std::uint32_t place, Units units, Context& context);

/// Nothing is done of what a case of a purchase line or a proposed transfer recommends.
void drop(Headquarters& hq, std::uint32_t place, Context& context);

/// The purchase line that the case is about has come, and its place may be another line's.
bool line_is_over(const Headquarters& hq, const Case& one);

}  // namespace entrepot::models

#pragma once

#include "models/model.hpp"

/// Who must agree before a decision becomes a transaction.
namespace entrepot::models {

/// A case on which is decided: its value may need the agreement of one level after the other; then it is carried out.
void seek_approval(Headquarters& hq, std::uint32_t place, Context& context);

/// The level before which the case is agrees.
void approve(Headquarters& hq, std::uint32_t place, Context& context);

}  // namespace entrepot::models

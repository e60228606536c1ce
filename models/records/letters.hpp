#pragma once

#include "models/records/interfaces.hpp"

/// What messages say, and what is done when they come through.
namespace entrepot::models {

/// An interface that carries no single messages but all that there is to tell: what fails is told the next time.
bool is_run(InterfaceName interface, const Integration& terms);

/// What the message asks for; `again`: a second time.
void open_letter(SiteState& site, InterfaceName interface, const Content& content, bool again, Context& context);
void open_letter(Headquarters& hq, InterfaceName interface, const Content& content, bool again, Context& context);

/// A run has been given up.
void miss_run(SiteState& site, InterfaceName interface, Context& context);
void miss_run(Headquarters& hq, InterfaceName interface, Context& context);

}  // namespace entrepot::models

#pragma once

namespace entrepot::results {

/// The text of report.mustache.html.
const char* report_template();

}  // namespace entrepot::results

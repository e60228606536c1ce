#include "results/report/report.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>

#include "results/charts/svg.hpp"
#include "results/report/page.hpp"
#include "results/report/template.hpp"

namespace entrepot::results {

namespace {

constexpr std::array<std::string_view, 7> kUnits{"%", "k", "M", "bn", "pt", "h", "years"};

/// Ties a number to its unit, so that no line ends between them.
std::string keep_together(const std::string& text) {
    std::string tied;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view after = std::string_view(text).substr(i + 1);
        const bool unit =
            text[i] == ' ' && std::any_of(kUnits.begin(), kUnits.end(), [&](std::string_view u) {
                return after.starts_with(u) &&
                       (after.size() == u.size() || !std::isalnum(static_cast<unsigned char>(after[u.size()])));
            });
        const bool number = i > 0 && std::isdigit(static_cast<unsigned char>(text[i - 1]));
        tied += unit && number ? "\u00A0" : std::string(1, text[i]);
    }
    return tied;
}

}  // namespace

std::string html_report(const Study& study, const Comparison& comparison, const Roi& roi,
                        const ReportOptions& options) {
    kainjow::mustache::mustache page(report_template());
    if (!page.is_valid()) throw std::logic_error("report.mustache.html: " + page.error_message());
    page.set_custom_escape([](const std::string& text) { return charts::escape(keep_together(text)); });
    return page.render(ReportPage(study, comparison, roi, options).values());
}

}  // namespace entrepot::results

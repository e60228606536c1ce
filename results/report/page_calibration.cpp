#include "results/business/calibration.hpp"
#include "results/report/page.hpp"

namespace entrepot::results {

namespace {

using kainjow::mustache::data;

const char* tone_of(Held held) {
    if (held == Held::within) return "good";
    return held == Held::below || held == Held::above ? "bad" : "quiet";
}

}  // namespace

/// Whether the comparator is like the business, as far as the scenario says what that is like.
void ReportPage::add_calibration() {
    const std::vector<HeldBand> bands = held_bands(study_);
    const std::string outside = calibration_sentence(bands, currency_);
    const std::string label = calibration_label(study_);
    page_.set("label", label);
    page_.set("label_sentence", "S" + label.substr(1) + ".");
    page_.set("outside", outside);
    page_.set("is_outside", !outside.empty());
    page_.set("has_bands", !bands.empty());
    data rows = data::type::list;
    for (const HeldBand& one : bands) {
        data row("name", std::string(one.kpi->name) + (one.label == "all" ? "" : " [" + one.label + "]"));
        row.set("simulated", simulated_text(one, currency_));
        row.set("band", band_text(one, currency_));
        row.set("held", held_text(one.held));
        row.set("tone", tone_of(one.held));
        row.set("source", one.band.source);
        rows.push_back(row);
    }
    page_.set("bands", rows);
}

}  // namespace entrepot::results

#include "results/comparison/places.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include <fmt/format.h>

#include "results/business/confirmation.hpp"
#include "results/text/format.hpp"

namespace entrepot::results {

namespace {

constexpr std::array kService{Kpi::otif, Kpi::line_fill, Kpi::backlog};
constexpr std::array kPlaceKinds{PlaceKind::warehouse, PlaceKind::tier, PlaceKind::phase};

std::string captioned(const std::vector<std::string>& names, const std::vector<Caption>& captions, std::size_t i) {
    const std::string& name = names[i];
    if (i >= captions.size() || captions[i].title.empty() || captions[i].title == name) return name;
    return fmt::format("{} ({})", captions[i].title, name);
}

bool is_service(const std::string& id) {
    return std::ranges::any_of(kService, [&](Kpi kpi) { return info(kpi).id == id; });
}

/// The study with two of its strategies, its service rows and nothing else.
Study service_of(const Study& study, std::size_t base, std::size_t own) {
    Study pair;
    pair.manifest.comparator = study.strategies[base];
    pair.dimensions = study.dimensions;
    pair.strategies = {study.strategies[base], study.strategies[own]};
    pair.titles = {"", ""};
    pair.antithetic = study.antithetic;
    std::vector<std::size_t> rows;
    for (std::size_t r = 0; r < study.rows.size(); ++r) {
        if (!is_service(study.rows[r].kpi) || study.rows[r].slice.velocity >= 0) continue;
        rows.push_back(r);
        pair.rows.push_back(study.rows[r]);
    }
    for (const std::size_t strategy : {base, own}) {
        auto& runs = pair.replications.emplace_back();
        for (const Replication& r : study.replications[strategy]) {
            auto& run = runs.emplace_back();
            for (const std::size_t row : rows) {
                run.numerator.push_back(r.numerator[row]);
                run.denominator.push_back(r.denominator[row]);
            }
        }
    }
    return pair;
}

/// How much worse the later value is, in the KPI's unit; negative when it is better.
double loss(const Place& place) { return place.difference.estimate * (place.kpi->better == Better::higher ? -1 : 1); }

/// How bad the later value is.
double badness(const Place& place) { return place.after.estimate * (place.kpi->better == Better::higher ? -1 : 1); }

using Places = std::vector<Place>;

/// The one of a kind with the greatest real loss; null when none is worse.
const Place* worst_of(const Places& places, const KpiInfo& kpi, PlaceKind kind) {
    const Place* worst = nullptr;
    for (const Place& p : places) {
        if (p.kpi != &kpi || p.kind() != kind || p.verdict != Verdict::worse) continue;
        if (!worst || loss(p) > loss(*worst)) worst = &p;
    }
    return worst;
}

/// The warehouse or tier, in the phase where there are any, at which the later value is worst; null without such.
const Place* weakest_of(const Places& places, const KpiInfo& kpi, PlaceKind kind) {
    const auto is_one = [&](const Place& p) { return p.kpi == &kpi && p.kind() == kind && p.after.has_estimate; };
    const bool by_phase = std::ranges::any_of(places, [&](const Place& p) { return is_one(p) && p.slice.phase >= 0; });
    const Place* weakest = nullptr;
    for (const Place& p : places) {
        if (!is_one(p) || by_phase != (p.slice.phase >= 0)) continue;
        if (!weakest || badness(p) > badness(*weakest)) weakest = &p;
    }
    return weakest;
}

std::string lower_first(std::string_view text) {
    std::string lower(text);
    if (!lower.empty()) lower[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(lower[0])));
    return lower;
}

/// The study's words for what the sentences are about.
struct Speaker {
    const Study& study;
    const std::string& base;
    const std::string& own;

    std::string value(const Place& p, const Interval& v) const {
        return v.has_estimate ? value_text(*p.kpi, v.estimate, study.dimensions.currency) : "not available";
    }
    std::string difference(const Place& p, double d) const {
        return difference_text(*p.kpi, d, study.dimensions.currency);
    }
    std::string place(const Place& p) const { return place_text(study.dimensions, p.slice); }

    /// "at Southeast (SE) in the phase spike from 45.6 % to 39.0 % (-6.6 pt, 95 % interval -8.1 pt to -5.1 pt)"
    std::string change(const Place& p) const {
        return fmt::format("{} from {} to {} ({}, 95 % interval {} to {})", place(p), value(p, p.before),
                           value(p, p.after), difference(p, p.difference.estimate), difference(p, p.difference.low),
                           difference(p, p.difference.high));
    }

    std::string worse(const Places& places, const KpiInfo& kpi) const {
        const auto of_kpi = [&](const Place& p) { return p.kpi == &kpi && p.after.has_estimate; };
        const auto looked_at = std::ranges::count_if(places, of_kpi);
        const auto lost =
            std::ranges::count_if(places, [&](const Place& p) { return of_kpi(p) && p.verdict == Verdict::worse; });
        if (lost == 0) return "";
        std::string text =
            fmt::format("{}: worse in {} of {} comparisons by warehouse, tier and phase", kpi.name, lost, looked_at);
        bool first = true;
        for (const PlaceKind kind : kPlaceKinds) {
            const Place* p = worst_of(places, kpi, kind);
            if (!p) continue;
            text += fmt::format("{} {}", first ? ", most" : ";", change(*p));
            first = false;
        }
        return text + ".";
    }

    /// "On time in full: lowest for S6 at Southeast (SE) in the phase spike, 39.0 % (S0: 45.6 %)."
    std::string weakest(const Place& p) const {
        return fmt::format("{}: {} for {} {}, {} ({}: {}{}).", p.kpi->name,
                           p.kpi->better == Better::higher ? "lowest" : "highest", own, place(p), value(p, p.after),
                           base, value(p, p.before),
                           p.verdict == Verdict::not_distinguishable ? ", not distinguishable" : "");
    }

    std::string nothing_worse(const Places& places) const {
        std::string names;
        for (std::size_t i = 0; i < kService.size(); ++i)
            names += (i == 0 ? "" : i + 1 == kService.size() ? " or " : ", ") + lower_first(info(kService[i]).name);
        return fmt::format(
            "At no warehouse, tier or phase, nor at a pair of them, is {} distinguishably worse than {} in {}: {}, "
            "corrected for their number.",
            own, base, names, counted(places.size(), "comparison"));
    }
};

/// What other strategies of the study do better where this one is weakest or has lost most.
void add_rivals(Setbacks& found, const Study& study, std::size_t base, std::size_t own, const Places& named,
                bool watching) {
    const std::string replications = observations_text(study.replication_count(), study.antithetic);
    for (std::size_t other = 0; other < study.strategies.size(); ++other) {
        if (other == base || other == own) continue;
        const Places places = service_places(study, own, other, watching);
        const Speaker speaker{study, study.strategies[own], study.strategies[other]};
        std::string text;
        for (const Place& n : named) {
            const auto there =
                std::ranges::find_if(places, [&](const Place& p) { return p.kpi == n.kpi && p.slice == n.slice; });
            if (there == places.end() || there->verdict != Verdict::better) continue;
            const std::string part =
                fmt::format("{} {}: {} against {}", lower_first(there->kpi->name), speaker.place(*there),
                            speaker.value(*there, there->after), speaker.value(*there, there->before));
            if (text.find(part) == std::string::npos) text += (text.empty() ? "" : "; ") + part;
        }
        if (text.empty()) continue;
        found.sentences.push_back(fmt::format("In {}, {} does better there than {}: {}.", replications,
                                              study.strategies[other], study.strategies[own], text));
    }
}

}  // namespace

std::string site_text(const Dimensions& d, std::size_t site) { return captioned(d.sites, d.site_captions, site); }

std::string tier_text(const Dimensions& d, std::size_t tier) { return captioned(d.tiers, d.tier_captions, tier); }

std::string place_text(const Dimensions& d, const Slice& slice) {
    std::string text;
    const auto add = [&](const char* word, const std::string& name) {
        text += fmt::format("{}{} {}", text.empty() ? "" : " ", word, name);
    };
    if (slice.tier >= 0) add("for", tier_text(d, static_cast<std::size_t>(slice.tier)));
    if (slice.site >= 0) add("at", site_text(d, static_cast<std::size_t>(slice.site)));
    const auto phase = static_cast<std::size_t>(slice.phase);
    if (slice.phase >= 0 && phase < d.phases.size()) add("in the phase", d.phases[phase].name);
    return text.empty() ? "everywhere" : text;
}

PlaceKind Place::kind() const {
    return slice.tier >= 0 ? PlaceKind::tier : slice.site >= 0 ? PlaceKind::warehouse : PlaceKind::phase;
}

std::vector<Place> service_places(const Study& study, std::size_t base, std::size_t own, bool watching) {
    const Study pair = service_of(study, base, own);
    Places places;
    for (const ComparedRow& row : compare(pair, {.watching = watching}).rows) {
        if (row.row.slice.is_total()) continue;
        const Compared& c = row.strategies[1];
        places.push_back({row.kpi, row.row.slice, row.strategies[0].value, c.value, c.difference, c.verdict});
    }
    return places;
}

std::optional<Setbacks> setbacks(const Study& study, const Roi& roi, std::size_t strategy, bool watching) {
    const std::size_t base = comparator_of(study);
    const auto fresh = roi.standing == Standing::confirmed && roi.best == strategy ? fresh_study(study) : std::nullopt;
    const Places places = fresh ? service_places(*fresh, 0, 1) : service_places(study, base, strategy, watching);
    if (std::ranges::none_of(places, [](const Place& p) { return p.after.has_estimate; })) return std::nullopt;

    const Speaker speaker{study, study.strategies[base], study.strategies[strategy]};
    Setbacks found{
        .title = fmt::format(
            "Where {} is worse than {}, or at its lowest{}", speaker.own, speaker.base,
            fresh ? fmt::format(", in {}", observations_text(fresh->replication_count(), study.antithetic, true)) : ""),
        .sentences = {},
        .any_worse = false,
        .kpis = {}};
    Places named;
    for (const Kpi kpi : kService) {
        found.kpis.push_back(&info(kpi));
        const std::string worse = speaker.worse(places, info(kpi));
        if (!worse.empty()) found.sentences.push_back(worse);
        for (const PlaceKind kind : kPlaceKinds) {
            if (const Place* p = worst_of(places, info(kpi), kind)) named.push_back(*p);
        }
    }
    found.any_worse = !found.sentences.empty();
    const bool judged = std::ranges::any_of(places, [](const Place& p) { return p.difference.has_interval; });
    if (!judged) found.sentences.push_back("So few replications can't tell where it is worse.");
    if (judged && !found.any_worse) found.sentences.push_back(speaker.nothing_worse(places));
    for (const Kpi kpi : kService) {
        for (const PlaceKind kind : {PlaceKind::warehouse, PlaceKind::tier}) {
            const Place* weakest = weakest_of(places, info(kpi), kind);
            if (!weakest) continue;
            const Place* worst = worst_of(places, info(kpi), kind);
            if (!worst || worst->slice != weakest->slice) found.sentences.push_back(speaker.weakest(*weakest));
            named.push_back(*weakest);
        }
    }
    add_rivals(found, study, base, strategy, named, watching);
    return found;
}

std::string setbacks_text(const Setbacks& setbacks) {
    std::string text = setbacks.title + "\n";
    for (const std::string& sentence : setbacks.sentences) text += "  " + sentence + "\n";
    return text;
}

}  // namespace entrepot::results

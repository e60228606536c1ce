#pragma once

#include <string>
#include <vector>

#include "studies/clock.hpp"
#include "studies/explain/supply.hpp"
#include "studies/explain/words.hpp"

namespace entrepot::studies::explain {

/// A time in which a site was out of an item: from the moment at which its shelf was empty until there was stock again
/// for all who waited, whenever the record hears of it. What only a part of those who waited can be given, or what is
/// promised to others, doesn't end it.
struct DrySpell {
    Time from{}, to{};
    bool ended = false;               ///< within the horizon
    Sight begin;                      ///< as it began
    std::string ended_by;             ///< "PO-SE-A0001-2026-05-12", "a count", "a transfer"; empty: it went on
    std::ptrdiff_t purchase = -1;     ///< that brought the goods, among Supply::purchases()
    std::ptrdiff_t transfer = -1;     ///< the same among Supply::transfers()
    models::Units wanted_today = 0;   ///< ordered on the day on which it began, up to that moment
    models::Units wanted = 0;         ///< ordered by customers and sites while it lasted
    models::Units cancelled = 0;      ///< of them and of those before
    Time thought_full = sim::kNever;  ///< until then the record had units that weren't there
};

/// Follows one item at one site: what lay there, what was believed, what was wanted, and every time that it ran dry.
class ItemWatcher : public Watcher {
public:
    /// `supply` must see each event before.
    ItemWatcher(const models::Network& network, const Supply& supply, models::SiteId site, models::ItemId item);

    void begin(const models::World& world) override;
    void see(const Seen& seen) override;
    void end(const models::World& world, std::span<const models::Fact> told) override;

    const std::vector<DrySpell>& spells() const { return spells_; }
    /// The spell that a story is best told of: that of the day, or the longest one of the measured window. Null: none.
    const DrySpell* spell_of(int day) const;
    const DrySpell* longest_spell() const;
    /// The whole horizon in a paragraph, and the steps and the reason of one spell, or of a day.
    Story story(std::optional<int> day) const;
    models::SiteId site() const { return site_; }
    models::ItemId item() const { return item_; }
    /// The whole horizon in a sentence.
    std::string about() const;
    /// Time without stock in the measured window.
    models::Duration dry() const;
    const Names& names() const { return names_; }

private:
    struct Computed {
        Time at{};
        models::Levels levels;
        models::Forecast forecast;
        models::LeadTimeEstimate lead;
    };
    struct Crossing {
        Time at{};
        models::Units position = 0;
        float reorder_point = 0;
    };

    void look_at_site(const Seen& seen);
    void look_at_demand(const Seen& seen);
    void look_at_shelf(const Seen& seen);
    void look_at_goods(const Seen& seen);
    void look_at_counts(const Seen& seen);
    void look_at_damage(const Seen& seen);
    void look_at_headquarters(const Seen& seen);
    void look_at_position(const models::World& world, Time now);
    void end_spell(const Seen& seen);
    const models::SiteState& state(const models::World& world) const { return world.state.sites[site_]; }

    // item_story.cpp
    std::string levels_text(const Computed& computed) const;
    std::vector<Step> steps_between(Time from, Time to) const;
    std::string closing(const DrySpell& spell) const;
    std::string why_demand(const DrySpell& spell) const;
    std::string why_supply(const DrySpell& spell) const;
    Time need_of(const DrySpell& spell) const;
    std::string late_suppliers(const DrySpell& spell) const;
    /// Units ordered in whole days, from the first one to before the other one.
    models::Units demand(int first, int end) const;
    /// The part of a spell in the measured window.
    models::Duration measured(const DrySpell& spell) const;
    const Computed* levels_at(Time t) const;
    bool reviews_on(int day) const;

    const models::Network& network_;
    const Supply& supply_;
    Names names_;
    Clock clock_;
    models::SiteId site_;
    models::ItemId item_;
    models::LocationId location_;

    std::vector<DrySpell> spells_;
    std::vector<Computed> computed_;
    std::vector<Crossing> crossings_;  ///< the position fell to the reorder point
    std::vector<Step> steps_;          ///< of the shelf and the record
    std::vector<models::Units> demand_of_day_;
    models::Units last_on_hand_ = 0, last_demand_ = 0, last_waiting_ = 0;
    std::string brought_by_;  ///< what came last to the shelf, and from where
    std::ptrdiff_t brought_purchase_ = -1, brought_transfer_ = -1;
    bool below_ = false, waited_in_spell_ = false;
    int next_refresh_ = 0;
    Time ended_{};
};

/// How all sites did with an item, the story of the one that was without it longest, and the commands for the others.
Story story_of_sites(const std::vector<ItemWatcher>& sites, std::optional<int> day);

}  // namespace entrepot::studies::explain

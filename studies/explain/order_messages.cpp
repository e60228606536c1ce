#include <algorithm>

#include "studies/explain/order_watcher.hpp"

namespace entrepot::studies::explain {

using models::InterfaceName;
using models::MessageStep;

/// The messages of its site that hand it to the floor, post what was picked for it, and tell its customer of a day.
void OrderWatcher::look_at_messages(const Seen& seen) {
    const auto told = seen.told<models::MessageStepped>();
    if (told.empty()) return;
    const bool unreleased = std::ranges::count(tasks_, Stage::unreleased, &FollowedTask::stage) > 0;
    const auto picked = seen.message<models::PickDone>();
    const bool mine = picked && std::ranges::count(tasks_, picked->task, &FollowedTask::place) > 0;
    for (const models::MessageStepped& step : told) {
        std::vector<Sight> sights;
        switch (static_cast<InterfaceName>(step.interface)) {
            case InterfaceName::release:
                if (!unreleased) continue;
                break;
            case InterfaceName::posting: {
                const bool run = models::is_run(InterfaceName::posting, network_.strategy.integration);
                if (mine && !run && step.step == MessageStep::sent) postings_.push_back(step.number);
                if (run || std::ranges::count(postings_, step.number) == 0) continue;
                const bool wrong = is_given_up({seen.at(), step, {}}) || step.step == MessageStep::twice;
                if (wrong) sights.push_back(sight(seen, step.content[0]));
                break;
            }
            case InterfaceName::notice:
                if (step.content[0] != place_ || step.content[1] != last_.serial) continue;
                break;
            default:
                continue;
        }
        messages_.push_back({seen.at(), step, std::move(sights)});
    }
}

std::vector<Step> OrderWatcher::message_steps() const {
    return steps_of_messages(network_, address_.site, messages_, true);
}

}  // namespace entrepot::studies::explain

#pragma once

#include <stop_token>
#include <thread>

#include <pthread.h>
#include <signal.h>

namespace entrepot::studies::cli {

/// While it lives, the first Ctrl-C or termination signal asks for a stop instead of ending the program; a second one
/// ends it. A thread waits for the signals, so that nothing has to be safe in a signal handler. Make it before any
/// other thread is started: threads inherit which signals are blocked.
class Interruption {
public:
    Interruption() {
        sigemptyset(&signals_);
        for (const int signal : {SIGINT, SIGTERM, SIGHUP, kWakeUp}) sigaddset(&signals_, signal);
        pthread_sigmask(SIG_BLOCK, &signals_, &before_);
        waiter_ = std::thread([this] {
            int signal = 0;
            sigwait(&signals_, &signal);
            if (signal == kWakeUp) return;
            source_.request_stop();
            // This thread alone takes the next signal, with the action that it had before: the program ends.
            sigset_t last = signals_;
            sigdelset(&last, kWakeUp);
            pthread_sigmask(SIG_UNBLOCK, &last, nullptr);
            sigset_t wake;
            sigemptyset(&wake);
            sigaddset(&wake, kWakeUp);
            sigwait(&wake, &signal);
        });
    }
    ~Interruption() {
        pthread_kill(waiter_.native_handle(), kWakeUp);
        waiter_.join();
        pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;

    std::stop_token token() const { return source_.get_token(); }
    bool happened() const { return source_.stop_requested(); }

private:
    static constexpr int kWakeUp = SIGUSR1;

    sigset_t signals_{}, before_{};
    std::stop_source source_;
    std::thread waiter_;
};

}  // namespace entrepot::studies::cli

#pragma once

#include <stop_token>
#include <thread>

#include <pthread.h>
#include <signal.h>

namespace entrepot::studies::cli {

/// While it lives, the first signal that wants an end asks for a stop instead of ending the program; a second one ends
/// it. Such are Ctrl-C, TERM and HUP, and those by which schedulers tell that the time is nearly over: USR1, USR2,
/// XCPU. A file that may not grow and a reader that is gone (XFSZ, PIPE) are told by the write that fails, not by a
/// signal. A thread waits for the signals, so that nothing has to be safe in a signal handler. Make it before any other
/// thread is started: threads inherit which signals are blocked.
class Interruption {
public:
    Interruption() : wake_up_(SIGRTMIN) {
        for (const int signal : {SIGXFSZ, SIGPIPE}) ::signal(signal, SIG_IGN);
        sigemptyset(&signals_);
        for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGXCPU, wake_up_})
            sigaddset(&signals_, signal);
        pthread_sigmask(SIG_BLOCK, &signals_, &before_);
        waiter_ = std::thread([this] {
            int signal = 0;
            sigwait(&signals_, &signal);
            if (signal == wake_up_) return;
            source_.request_stop();
            // This thread alone takes the next signal, with the action that it had before: the program ends.
            sigset_t last = signals_;
            sigdelset(&last, wake_up_);
            pthread_sigmask(SIG_UNBLOCK, &last, nullptr);
            sigset_t wake;
            sigemptyset(&wake);
            sigaddset(&wake, wake_up_);
            sigwait(&wake, &signal);
        });
    }
    ~Interruption() {
        pthread_kill(waiter_.native_handle(), wake_up_);
        waiter_.join();
        pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;

    std::stop_token token() const { return source_.get_token(); }
    bool happened() const { return source_.stop_requested(); }

private:
    int wake_up_;
    sigset_t signals_{}, before_{};
    std::stop_source source_;
    std::thread waiter_;
};

}  // namespace entrepot::studies::cli

/* The floor: what the kernel takes for writing frames to many sockets, and nothing else.

   send_loop PORT SOCKETS BYTES ROUNDS: accepts so many connections on loopback, and for
   each byte that comes on the first writes BYTES to each of them in ROUNDS. */

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv) {
    if (argc != 5) return 2;
    int port = atoi(argv[1]), n_sockets = atoi(argv[2]);
    size_t size = atoi(argv[3]);
    int rounds = atoi(argv[4]), yes = 1;
    int *sockets = calloc(n_sockets, sizeof(int));
    char *frame = calloc(1, size), byte;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    memset(frame, 'x', size);
    int listening = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listening, (struct sockaddr *)&address, sizeof address)) return 1;
    if (listen(listening, n_sockets)) return 1;
    for (int n = 0; n < n_sockets; n++) {
        sockets[n] = accept(listening, NULL, NULL);
        setsockopt(sockets[n], IPPROTO_TCP, 1 /* TCP_NODELAY */, &yes, sizeof yes);
    }
    while (read(sockets[0], &byte, 1) == 1)
        for (int round = 0; round < rounds; round++)
            for (int n = 0; n < n_sockets; n++)
                for (size_t sent = 0; sent < size;) {
                    ssize_t part =
                        send(sockets[n], frame + sent, size - sent, MSG_NOSIGNAL);
                    if (part < 0) return 1;
                    sent += part;
                }
    return 0;
}

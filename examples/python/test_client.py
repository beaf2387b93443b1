"""loopfw exec ../world.json -- python3 -m unittest"""
import os
import unittest

import world
from client import get

HOST, PORT = os.environ["LOOPFW_SERVER_WEB"].split(":")


class ClientTest(unittest.TestCase):
    def tearDown(self):
        world.heal()

    def test_a_refused_client_tries_three_times(self):
        world.fault("refused=127.0.0.2:8000")
        with self.assertRaises(ConnectionRefusedError):
            get(HOST, PORT)
        self.assertEqual(world.faults()[0]["connections"], 3)

    def test_a_silent_server_does_not_block_the_client(self):
        world.fault("dropped=127.0.0.2:8000")
        with self.assertRaises(TimeoutError):
            get(HOST, PORT)

    def test_the_client_goes_on_when_the_server_is_back(self):
        world.fault("refused=127.0.0.2:8000")
        self.assertEqual(get(HOST, PORT, on_retry=world.heal), 200)


if __name__ == "__main__":
    unittest.main()

"""First names that are common in the Netherlands, for recognising a person in a public text.

Written for this purpose from general knowledge; no list was copied. Left out are names that are
as common as a word or place in the names of projects (Roos, Mei, Storm, Hoop, Victoria).
"""

_NAMES = """
Aad Aafke Aart Abdel Abdelaziz Abdelkader Abdellah Abdul Abdullah Abel Achmed Ada Adriaan Adrie
Agnes Agnieszka Ahmed Ahmet Aisha Albert Alex Alexander Alfred Ali Alice Amal Amber Amin Amina
Amir Andrea Andreas Andrzej Anita Anja Anke Ankie Anna Anne Annelies Annemarie Annemiek Annet
Annette Annie Anouk Ans Anton Antoon Arend Arie Arjan Arnold Aukje Ayse Aziz Barbara Bart Bas
Ben Benjamin Bep Berend Bernard Bert Betty Bianca Bilal Björn Bob Boudewijn Bouke Bram Brigitte
Carla Carlos Carolien Caroline Catharina Cees Chantal Charles Chris Christiaan Christina Claudia
Coby Cor Corien Corrie Daan Danielle Danny David Debbie Dennis Derk Diana Dick Dirk Douwe Edwin
Eelco Eelke Eline Elisabeth Elise Elly Els Emiel Emine Emma Erik Ernst Esra Esther Eva Evelien
Ewa Fadila Fatima Fatma Femke Fenna Ferdi Floris Folkert Frank Frans Fred Frederik Freek Frits
Gea Geert Gerard Gerda Gerrit Gert Gijs Gijsbert Giovanni Greet Grzegorz Guus Hakan Halima Hamid
Hanna Hanneke Hannie Hans Hansje Harm Harrie Harry Hasan Hassan Heleen Helena Hendrik Hendrika
Henk Henny Herman Hessel Hidde Hilda Huseyin Huub Hüseyin Ibrahim Ilse Imane Ina Ineke Ingrid
Irene Irma Jaap Jacco Jacob Jacqueline Jacques Jamal Jamila Jan Janneke Jannie Janny Jans Jantje
Jasmijn Jasper Jean Jelle Jeroen Jessica Jet Jitske Jo Joanna Job Joep Johan Johanna Johannes
John Joke Jolanda Joop Joost Jorien Jos Josef José Joyce Judith Julia Jurgen Jurjen Kamal Karel
Karim Karima Karin Katarzyna Kees Kemal Khadija Khalid Kirsten Klaas Klaske Koen Koos Krzysztof
Lars Latifa Laura Leen Leila Lena Lennart Leo Leonie Lex Lieke Lies Liesbeth Linda Lisa Lisette
Lotte Louis Louise Lourens Lucas Luuk Maaike Maarten Maartje Machteld Magda Malika Manon Marcel
Marco Margriet Maria Marian Marianne Marieke Mariet Marij Marije Marijke Marina Mario Marion
Mark Marleen Marlies Martijn Martin Martine Maryam Mathijs Matthijs Małgorzata Mehmet Melanie
Menno Merel Mia Michael Michel Michiel Mieke Mies Milan Mimoun Mirjam Mirza Mohamed Mohammad
Mohammed Monica Moniek Monique Muhammad Murat Mustafa Nadia Naima Nancy Natasja Nel Nelleke Nico
Nicole Niels Nienke Noor Noura Nynke Olga Omar Osman Pascal Patricia Patrick Paul Paula Peter
Petra Pier Piet Pieter Pim Piotr Pjotr Quinten Rachid Ramona Raymond Regina Rein Reinier Remco
Renate René Ria Richard Rick Rik Rinske Rob Robbert Robert Robin Roel Roelof Roland Rolf Ron
Ronald Rosa Rosalie Roy Ruben Rudolf Ruud Said Saida Salima Samir Samira Sander Sandra Sanne
Sara Saskia Selma Sevda Sharon Siebe Sietske Simon Simone Sjaak Sjoerd Sonja Stefan Steven Susan
Susanne Suzanne Svetlana Sylvia Tamara Tanja Thea Theo Thijs Thomas Tim Timo Tineke Tjeerd Tom
Tomasz Ton Toon Trudy Truus Ursula Vera Vincent Wendy Wiebe Wilco Wilhelmina Willem Willemijn
Wilma Wim Wouter Yasmin Yasmina Yassine Yolanda Youssef Yusuf Yvonne Zainab Zeynep Zohra Ömer
"""
FIRST_NAMES = frozenset(_NAMES.split())
